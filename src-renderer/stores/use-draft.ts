import { onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import { useWorkspaceStore } from './workspace.ts'

/**
 * A text (or form) in the making that survives whatever happens to the page. `blank` makes an empty one; content equal to it is
 * not kept. Wait for `isReady` before letting anybody type.
 */
export function useDraft<Content>(key: MaybeRefOrGetter<string>, blank: () => Content) {
  const workspace = useWorkspaceStore()
  const content = ref(blank()) as Ref<Content>
  const isReady = ref(false)
  let current = ''
  /** What the disk has, to tell the user's changes from our own. */
  let kept = ''

  async function load(wanted: string): Promise<void> {
    current = wanted
    isReady.value = false
    const { drafts } = await workspace.whenOpen()
    const found = await drafts.load<Content>(wanted)
    if (current !== wanted) return
    content.value = found ?? blank()
    kept = JSON.stringify(content.value)
    isReady.value = true
  }

  function save(): void {
    const text = JSON.stringify(content.value)
    if (!isReady.value || text === kept) return
    kept = text
    const drafts = workspace.current?.drafts
    if (text === JSON.stringify(blank())) void drafts?.clear(current)
    else drafts?.save(current, content.value)
  }

  /** After the outbox has accepted it, or to throw it away. */
  async function clear(): Promise<void> {
    const cleared = current
    content.value = blank()
    kept = JSON.stringify(content.value)
    await (await workspace.whenOpen()).drafts.clear(cleared)
  }

  // `sync`, so that a change just before the key changes is saved under the key it was made for.
  watch(content, save, { deep: true, flush: 'sync' })
  watch(
    () => toValue(key),
    (wanted) => void load(wanted),
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => void workspace.current?.drafts.flush())

  return { content, isReady, clear }
}
