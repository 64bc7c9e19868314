import { inject, type App, type InjectionKey } from 'vue'
import type { Api } from './client.ts'

const apiKey: InjectionKey<Api> = Symbol('api')

/** Gives the whole application (and its stores) the API to talk to; tests give their own. */
export function provideApi(app: App, api: Api): void {
  app.provide(apiKey, api)
}

export function useApi(): Api {
  const api = inject(apiKey, null)
  if (!api) throw new Error('provideApi was not called')
  return api
}
