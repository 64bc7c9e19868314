/**
 * What the page may ask of the main process: a zod tuple of arguments per channel, and the type of its answer.
 * The renderer imports the types only; the schemas run in the main process.
 */
import { z } from 'zod'
import {
  updatesArguments,
  type UpdatesAnswers,
  type UpdatesApi,
  type UpdatesMessage,
} from '../updates/ipc.ts'
import {
  pairingArguments,
  type PairingAnswers,
  type PairingApi,
  type LookProblem,
  type PairingMessage,
} from '../pairing/ipc.ts'
import { hostArguments, type HostAnswers, type HostApi, type HostMessage } from '../host/ipc.ts'
import { computerArguments, type ComputerAnswers, type ComputerApi } from '../startup/ipc.ts'
import { phoneHookArguments, type PhoneHookAnswers, type PhoneHookApi } from '../phone/ipc.ts'
import {
  windowsArguments,
  type WindowsAnswers,
  type WindowsApi,
  type WindowsMessage,
} from '../windows/ipc.ts'
import { alertsArguments, type AlertsAnswers, type AlertsApi, type AlertsMessage } from '../alerts/ipc.ts'

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
  ...alertsArguments,
  ...updatesArguments,
  ...computerArguments,
  ...pairingArguments,
  ...windowsArguments,
  ...hostArguments,
  ...phoneHookArguments,
} as const

export type IpcChannel = keyof typeof ipcArguments
export type IpcArguments<Channel extends IpcChannel> = z.infer<(typeof ipcArguments)[Channel]>

/** `untilClosed`: this computer offers no way to encrypt, so the secret lives in memory and is gone after a restart. */
export type SecretKept = 'encrypted' | 'untilClosed'

/**
 * `invalid`: not a web address. `unreachable`: nobody answered. `notBalcao`: something else did.
 * `incompatible`: a Balcão whose version this client cannot talk to. `unpaired`: somebody has to compare its code first.
 */
export type ServerUrlOutcome =
  | { readonly ok: true; readonly url: string | null }
  | { readonly ok: false; readonly reason: LookProblem | 'unpaired' }

export interface IpcAnswers
  extends
    AlertsAnswers,
    UpdatesAnswers,
    ComputerAnswers,
    PairingAnswers,
    WindowsAnswers,
    HostAnswers,
    PhoneHookAnswers {
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
  /** What the main process says to this page, those things included that were said before anybody listened. Returns the function that stops. */
  onMessage(listener: (message: DesktopMessage) => void): () => void
  readonly alerts: AlertsApi
  readonly updates: UpdatesApi
  readonly computer: ComputerApi
  readonly pairing: PairingApi
  readonly windows: WindowsApi
  readonly host: HostApi
  readonly phoneHook: PhoneHookApi
}

/** What the main process says to a page. Each room adds its own. */
export type DesktopMessage =
  /** Go to an address of the page's own router (`/ticket/…`). */
  | { readonly kind: 'open'; readonly path: string }
  /** Carry out a command of the palette, chosen in a menu of the system's. */
  | { readonly kind: 'command'; readonly id: string }
  | AlertsMessage
  | UpdatesMessage
  | WindowsMessage
  | PairingMessage
  | HostMessage
