import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { NativeImage } from 'electron'
import { strict } from './strict.ts'

type Members = 'isEmpty' | 'isTemplateImage' | 'setTemplateImage'

/** A picture, known by its file. */
export interface PictureStandIn extends Pick<NativeImage, Members> {
  /** The file's name without folder and ending. */
  readonly name: string
}

export const nativeImage = {
  createFromPath(path: string): PictureStandIn {
    let isTemplate = false
    return strict('nativeImage', {
      name: basename(path, '.png'),
      isEmpty: () => !existsSync(path),
      isTemplateImage: () => isTemplate,
      setTemplateImage(on: boolean) {
        isTemplate = on
      },
    })
  },
}
