// Marks that functions carry for Fastify: what fastify-plugin writes on them.

/** The property under which a function says that it shares the context of whoever registers it. */
export const SKIP_OVERRIDE = 'Symbol(skip-override)'

/** Name and dependencies, as given to fastify-plugin. */
export const PLUGIN_META = 'Symbol(plugin-meta)'
