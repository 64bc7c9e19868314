/** Where the window opens: as it was left, if that is still on a screen. */
import { z } from 'zod'

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
})
export type Rectangle = z.infer<typeof rectangle>

/** `bounds` are those of the window when it is not maximised. */
export const windowPlace = z.object({ bounds: rectangle, isMaximised: z.boolean() })
export type WindowPlace = z.infer<typeof windowPlace>

const preferredSize = { width: 1360, height: 860 }
const smallestSize = { width: 380, height: 480 }
const titleBarHeight = 32
const graspableWidth = 120

/** `workAreas`: the primary screen's first. */
export function planWindowPlace(saved: WindowPlace | null, workAreas: readonly Rectangle[]): WindowPlace {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...preferredSize }
  if (saved === null) return { bounds: centred(preferredSize, primary), isMaximised: false }
  const area = workAreas.find((candidate) => canBeGrasped(saved.bounds, candidate))
  const bounds = area ? shrunkInto(saved.bounds, area) : centred(saved.bounds, primary)
  return { bounds, isMaximised: saved.isMaximised }
}

/** A window whose title bar nobody can reach cannot be moved back: a screen was unplugged or made smaller. */
function canBeGrasped(bounds: Rectangle, area: Rectangle): boolean {
  const visibleWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const barIsInside = bounds.y >= area.y && bounds.y + titleBarHeight <= area.y + area.height
  return visibleWidth >= graspableWidth && barIsInside
}

function shrunkInto(bounds: Rectangle, area: Rectangle): Rectangle {
  return {
    ...bounds,
    width: clamp(bounds.width, smallestSize.width, area.width),
    height: clamp(bounds.height, smallestSize.height, area.height),
  }
}

function centred(size: { readonly width: number; readonly height: number }, area: Rectangle): Rectangle {
  const width = clamp(size.width, smallestSize.width, area.width)
  const height = clamp(size.height, smallestSize.height, area.height)
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  }
}

function clamp(value: number, smallest: number, largest: number): number {
  return Math.max(Math.min(value, largest), Math.min(smallest, largest))
}
