/** An object that throws when asked for something it does not have: code that outgrows the stand-in must not limp on. */
export function strict<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, key) {
      if (typeof key === 'string' && key !== 'then' && !(key in target)) {
        throw new Error(
          `The Electron stand-in has no ${name}.${key}: add it to test/support/electron, as Electron does it.`,
        )
      }
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' && !isClass(value) ? value.bind(target) : value
    },
  })
}

function isClass(value: object): boolean {
  return Function.prototype.toString.call(value).startsWith('class')
}
