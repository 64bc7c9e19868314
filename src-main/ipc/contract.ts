/**
 * What the page may ask of the main process: a zod tuple of arguments per channel, and the type of its answer.
 * The renderer imports the types only; the schemas run in the main process.
 */
import { z } from 'zod'

export const LANGUAGES = ['pt-BR', 'en', 'es'] as const
export type Language = (typeof LANGUAGES)[number]

const secretName = z.enum(['token'])
export type SecretName = z.infer<typeof secretName>

export const ipcArguments = {
  'server-url.get': z.tuple([]),
  'server-url.set': z.tuple([z.string().max(2048).nullable()]),
  'secret.get': z.tuple([secretName]),
  'secret.set': z.tuple([secretName, z.string().min(1).max(8192)]),
  'secret.delete': z.tuple([secretName]),
  'external.open': z.tuple([z.string().max(8192)]),
  'language.set': z.tuple([z.enum(LANGUAGES)]),
} as const

export type IpcChannel = keyof typeof ipcArguments
export type IpcArguments<Channel extends IpcChannel> = z.infer<(typeof ipcArguments)[Channel]>

/** `untilClosed`: this computer offers no way to encrypt, so the secret lives in memory and is gone after a restart. */
export type SecretKept = 'encrypted' | 'untilClosed'

/**
 * `invalid`: not a web address. `unreachable`: nobody answered. `notBalcao`: something else did.
 * `incompatible`: a Balcão whose version this client cannot talk to.
 */
export type ServerUrlOutcome =
  | { readonly ok: true; readonly url: string | null }
  | { readonly ok: false; readonly reason: 'invalid' | 'unreachable' | 'notBalcao' | 'incompatible' }

export interface IpcAnswers {
  'server-url.get': string | null
  'server-url.set': ServerUrlOutcome
  'secret.get': string | null
  'secret.set': SecretKept
  'secret.delete': void
  'external.open': boolean
  'language.set': void
}

export type DesktopPlatform = 'windows' | 'macos' | 'linux'

/** `window.balcao`: what the preload script gives to the page. */
export interface DesktopApi {
  readonly platform: DesktopPlatform
  readonly serverUrl: {
    get(): Promise<string | null>
    set(url: string | null): Promise<ServerUrlOutcome>
  }
  readonly secrets: {
    get(name: SecretName): Promise<string | null>
    set(name: SecretName, value: string): Promise<SecretKept>
    delete(name: SecretName): Promise<void>
  }
  openExternal(url: string): Promise<boolean>
  setLanguage(language: Language): Promise<void>
}
