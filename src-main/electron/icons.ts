import { join } from 'node:path'
import { nativeImage, type NativeImage } from 'electron'

/** The pictures in `resourcesDir/icons`; Electron takes the `@2x` beside each by itself. */
export type Icons = (name: string) => NativeImage

export function createIcons(resourcesDir: string): Icons {
  return (name) => nativeImage.createFromPath(join(resourcesDir, 'icons', `${name}.png`))
}
