/** Where the window opens: as it was left, if that is still on a screen. */
import { z } from 'zod'
import type { WindowKind } from '../ports.ts'

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

const preferredSizes: Readonly<Record<WindowKind, Size>> = {
  main: { width: 1360, height: 860 },
  ticket: { width: 960, height: 780 },
  alert: { width: 440, height: 340 },
  capture: { width: 480, height: 720 },
}
/** The smallest that the page in it can be used at; no window is made smaller, by us or by hand. */
export const smallestSizes: Readonly<Record<WindowKind, Size>> = {
  main: { width: 380, height: 480 },
  ticket: { width: 380, height: 480 },
  alert: { width: 340, height: 300 },
  capture: { width: 380, height: 480 },
}
const titleBarHeight = 32
const graspableWidth = 120
/** From one torn-off ticket to the next, so that every title bar can be reached. */
const cascadeStep = 32
const cornerMargin = 16

interface Size {
  readonly width: number
  readonly height: number
}

/** `workAreas`: the primary screen's first. `taken`: where windows of the same kind stand already. */
export function planWindowPlace(
  saved: WindowPlace | null,
  workAreas: readonly Rectangle[],
  kind: WindowKind = 'main',
  taken: readonly Rectangle[] = [],
): WindowPlace {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...preferredSizes[kind] }
  if (saved === null) {
    const place = kind === 'alert' || kind === 'capture' ? inTheCorner : centred
    const bounds = place(preferredSizes[kind], primary, smallestSizes[kind])
    return { bounds: cascaded(bounds, primary, taken), isMaximised: false }
  }
  const area = workAreas.find((candidate) => canBeGrasped(saved.bounds, candidate))
  const smallest = smallestSizes[kind]
  const bounds = area ? shrunkInto(saved.bounds, area, smallest) : centred(saved.bounds, primary, smallest)
  return { bounds: cascaded(bounds, area ?? primary, taken), isMaximised: saved.isMaximised }
}

/** Moved down and right until no other window begins there; from the corner again when the screen ends. */
function cascaded(bounds: Rectangle, area: Rectangle, taken: readonly Rectangle[]): Rectangle {
  let { x, y } = bounds
  for (let tries = 0; tries < taken.length; tries++) {
    if (
      !taken.some(
        (other) => Math.abs(other.x - x) < cascadeStep / 2 && Math.abs(other.y - y) < cascadeStep / 2,
      )
    )
      break
    x += cascadeStep
    y += cascadeStep
    const fits = x + graspableWidth <= area.x + area.width && y + bounds.height <= area.y + area.height
    if (!fits) ({ x, y } = { x: area.x + (tries + 1) * 8, y: area.y })
  }
  return { ...bounds, x, y }
}

/** A window whose title bar nobody can reach cannot be moved back: a screen was unplugged or made smaller. */
function canBeGrasped(bounds: Rectangle, area: Rectangle): boolean {
  const visibleWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const barIsInside = bounds.y >= area.y && bounds.y + titleBarHeight <= area.y + area.height
  return visibleWidth >= graspableWidth && barIsInside
}

function shrunkInto(bounds: Rectangle, area: Rectangle, smallest: Size): Rectangle {
  return {
    ...bounds,
    width: clamp(bounds.width, smallest.width, area.width),
    height: clamp(bounds.height, smallest.height, area.height),
  }
}

function centred(size: Size, area: Rectangle, smallest: Size): Rectangle {
  const width = clamp(size.width, smallest.width, area.width)
  const height = clamp(size.height, smallest.height, area.height)
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  }
}

/** Where systems put their own notifications' neighbours: at the lower right, off the edge. */
function inTheCorner(size: Size, area: Rectangle, smallest: Size): Rectangle {
  const { width, height } = centred(size, area, smallest)
  return {
    x: area.x + area.width - width - cornerMargin,
    y: area.y + area.height - height - cornerMargin,
    width,
    height,
  }
}

function clamp(value: number, smallest: number, largest: number): number {
  return Math.max(Math.min(value, largest), Math.min(smallest, largest))
}
