// The version that the server says it has: that of package.json, which a test compares.

export const VERSION = '0.1.0'
