import { readonly, shallowRef } from 'vue'

export interface ToastSpec {
  text: string
  tone?: 'neutral' | 'success' | 'danger'
  /** Taken back by the toast's button or by `u` while it is shown. */
  undo?: () => void | Promise<void>
  /** Another thing to do about it, such as opening what was made. */
  action?: { label: string; run: () => void | Promise<void> }
}

export interface Toast extends ToastSpec {
  id: number
}

/** Long enough to notice and to reach for the button; the pointer over it or focus in it stops the clock. */
export const TOAST_MS = 8_000

const LIMIT = 4
const toasts = shallowRef<readonly Toast[]>([])
let lastId = 0

/** Shows a toast; older ones make room. Returns its id, for `dismissToast`. */
export function showToast(spec: ToastSpec): number {
  const toast = { ...spec, id: ++lastId }
  toasts.value = [...toasts.value, toast].slice(-LIMIT)
  return toast.id
}

export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

/** Takes back the newest act that still can be; false when there is none. */
export function undoLast(): boolean {
  const toast = toasts.value.findLast((each) => each.undo)
  if (!toast) return false
  dismissToast(toast.id)
  void toast.undo?.()
  return true
}

export function useToasts() {
  return { toasts: readonly(toasts), showToast, dismissToast, undoLast }
}
