import 'fake-indexeddb/auto'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createApp, effectScope, nextTick, ref } from 'vue'
import type { Api } from '../../src-renderer/api/client.ts'
import { provideApi } from '../../src-renderer/api/provide.ts'
import { useDraft } from '../../src-renderer/stores/use-draft.ts'
import { useWorkspaceStore } from '../../src-renderer/stores/workspace.ts'
import { newOffice } from './outbox-support.ts'
import { standInForBrowser } from './stores-desk.ts'

beforeEach(standInForBrowser)

const listener = { onQueue: () => undefined, onAnswer: () => undefined }

/** A page on which somebody is signed in, without a server. */
async function openPage(office: string) {
  const app = createApp({ render: () => null })
  const pinia = createPinia()
  app.use(pinia)
  provideApi(app, { send: () => Promise.reject(new TypeError('offline')) } as unknown as Api)
  const workspace = useWorkspaceStore(pinia)
  await workspace.open(office, 'ana', listener)
  const scope = effectScope()
  return {
    use: <Result>(composable: () => Result) => app.runWithContext(() => scope.run(composable) as Result),
    async close() {
      scope.stop()
      await workspace.close({ forgetReads: false })
    },
  }
}

const blank = () => ({ html: '' })

test('a text comes back on the next page', async () => {
  const office = newOffice()
  const first = await openPage(office)
  const draft = first.use(() => useDraft('reply:t1', blank))
  await vi.waitFor(() => expect(draft.isReady.value).toBe(true))
  draft.content.value.html = '<p>Bom dia</p>'
  await nextTick()
  await first.close()

  const second = await openPage(office)
  const again = second.use(() => useDraft('reply:t1', blank))
  await vi.waitFor(() => expect(again.content.value).toEqual({ html: '<p>Bom dia</p>' }))
  await again.clear()
  await second.close()

  const third = await openPage(office)
  const sent = third.use(() => useDraft('reply:t1', blank))
  await vi.waitFor(() => expect(sent.isReady.value).toBe(true))
  expect(sent.content.value).toEqual({ html: '' })
  await third.close()
})

test('going from one ticket to another takes no text along and leaves none behind', async () => {
  const page = await openPage(newOffice())
  const id = ref('t1')
  const draft = page.use(() => useDraft(() => `reply:${id.value}`, blank))
  await vi.waitFor(() => expect(draft.isReady.value).toBe(true))
  draft.content.value.html = 'para t1'
  id.value = 't2'
  await vi.waitFor(() => expect(draft.isReady.value).toBe(true))
  expect(draft.content.value.html).toBe('')
  draft.content.value.html = 'para t2'
  id.value = 't1'
  await vi.waitFor(() => expect(draft.content.value.html).toBe('para t1'))
  await page.close()
})

test('a text that was emptied by hand is not kept', async () => {
  const office = newOffice()
  const page = await openPage(office)
  const draft = page.use(() => useDraft('call:new', blank))
  await vi.waitFor(() => expect(draft.isReady.value).toBe(true))
  draft.content.value.html = 'x'
  draft.content.value.html = ''
  await page.close()
  const next = await openPage(office)
  const again = next.use(() => useDraft('call:new', blank))
  await vi.waitFor(() => expect(again.isReady.value).toBe(true))
  expect(again.content.value).toEqual({ html: '' })
  await next.close()
})
