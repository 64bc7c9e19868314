import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, ref } from 'vue'
import type { NewWebhook, WebhookSecret, WebhookView } from '../../../../../server/webhooks/contract.ts'
import { useApi } from '../../../../api/provide.ts'
import type { QueuedCommand } from '../../../../outbox/command.ts'
import { useOutboxStore } from '../../../../stores/outbox.ts'
import { useFreshQuery } from '../../../../stores/use-fresh-query.ts'
import { useSubmit } from '../../../../stores/use-submit.ts'

const KEY = ['webhooks']

/** The webhooks with what is on its way laid over, and what an administrator does about them. Secrets never enter the outbox. */
export function useWebhooks() {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const outbox = useOutboxStore()
  const submit = useSubmit()
  /** The newest secret, which is shown this once. */
  const secret = ref<{ name: string; secret: string } | null>(null)

  const query = useQuery<WebhookView[]>({ key: KEY, query: () => trpc.webhooks.list.query() })
  useFreshQuery(KEY, ({ type }) => /^(webhook|job)\./.test(type))
  const webhooks = computed(
    () => query.data.value?.map((webhook) => expectedWebhook(webhook, outbox.waiting)) ?? null,
  )

  function show({ webhook, secret: shown }: WebhookSecret): void {
    secret.value = { name: webhook.name, secret: shown }
    void query.refetch()
  }

  /** Keeps what the server answered until the next reading. */
  function keep(answer: WebhookView): void {
    cache.setQueryData<WebhookView[]>(KEY, (old = []) =>
      old.map((each) => (each.id === answer.id ? answer : each)),
    )
  }

  async function enqueue(procedure: 'webhooks.archive' | 'webhooks.restore', id: string) {
    const { answer } = await outbox.enqueue(procedure, { id })
    void answer.then(keep).catch(() => undefined)
    return answer
  }

  async function edit({ id, version, ...webhook }: WebhookView, draft: NewWebhook): Promise<void> {
    const changes: Partial<NewWebhook> = {}
    if (draft.name !== webhook.name) changes.name = draft.name
    if (draft.url !== webhook.url) changes.url = draft.url
    if (Object.keys(changes).length === 0) return
    const answer = await submit('webhooks.update', { id, version, changes })
    if (answer) keep(answer)
  }

  return {
    webhooks,
    secret,
    error: query.error,
    refetch: query.refetch,
    add: async (draft: NewWebhook) => show(await trpc.webhooks.create.mutate(draft)),
    edit,
    rotate: async (id: string) => show(await trpc.webhooks.rotateSecret.mutate({ id })),
    test: (id: string) => trpc.webhooks.test.mutate({ id }),
    archive: (id: string) => enqueue('webhooks.archive', id),
    restore: (id: string) => enqueue('webhooks.restore', id),
  }
}

function expectedWebhook(webhook: WebhookView, waiting: readonly QueuedCommand[]): WebhookView {
  return waiting
    .filter(({ subject }) => subject === webhook.id)
    .reduce((expected, { procedure, input }) => {
      if (procedure === 'webhooks.archive') return { ...expected, archived: true }
      if (procedure === 'webhooks.restore') return { ...expected, archived: false }
      return procedure === 'webhooks.update'
        ? { ...expected, ...(input as { changes: Partial<WebhookView> }).changes }
        : expected
    }, webhook)
}
