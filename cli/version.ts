// The version that the command line says it has: that of package.json, which a test compares.

export const VERSION = '0.1.0'
