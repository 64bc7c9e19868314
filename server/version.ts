import manifest from '../package.json' with { type: 'json' }

/** Of this release, as the package says. */
export const version: string = manifest.version
