import type { Configuration } from 'electron-builder'

export declare const configuration: Configuration & {
  directories: NonNullable<Configuration['directories']>
  mac: NonNullable<Configuration['mac']>
}
