/** Vitest rewrites `import()` in the modules it runs. Node itself loads this one, so its `import()` knows our hooks. */
export const nativeImport = (url) => import(url)
