import { nextTick } from 'vue'

/** After a refused form: puts the keyboard on the first field, or the first focusable word (`data-invalid`), that needs another look. */
export async function focusFirstInvalid(form: HTMLElement | null): Promise<void> {
  await nextTick()
  form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]')?.focus()
}
