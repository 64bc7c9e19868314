import type { PictureSize } from './echarts.ts'

/** Pixels of the picture for each of the page, so that it stays sharp in a slide. */
const SHARPNESS = 2

export const svgAddress = (svg: string): string =>
  `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`

/** Paints an SVG document as a PNG on `background`. Throws when the browser cannot draw or encode it. */
export async function svgToPng(
  svg: string,
  { width, height }: PictureSize,
  background: string,
): Promise<Blob> {
  const image = new Image(width, height)
  image.src = svgAddress(svg)
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * SHARPNESS
  canvas.height = height * SHARPNESS
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser draws no pictures.')
  context.scale(SHARPNESS, SHARPNESS)
  context.fillStyle = background
  context.fillRect(0, 0, width, height)
  context.drawImage(image, 0, 0, width, height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be encoded.'))),
      'image/png',
    )
  })
}
