import { useQuery } from '@pinia/colada'
import { computed, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { MOST_MEMBERS, type Problem } from '../../../server/problems/contract.ts'
import { newId } from '../../../server/ids.ts'
import { toUserMessage } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'
import { useSubmit } from '../../stores/use-submit.ts'
import { showToast } from '../../ui/toasts.ts'

/** The recurring problems of a time and a scope, and what people make of them. */
export function useProblems(asked: Readonly<Ref<{ days: number; teamIds?: string[] }>>) {
  const { t } = useI18n()
  const { trpc } = useApi()
  const router = useRouter()
  const submit = useSubmit()
  /** The problem that something is being done about. */
  const busyId = ref<string | null>(null)
  const query = useQuery({
    key: () => ['problems', 'list', JSON.stringify(asked.value)],
    query: () => trpc.problems.list.query(asked.value),
  })
  const refresh = useFreshQuery(['problems'], ({ type }) => type.startsWith('problem.'))

  async function safely(id: string, act: () => Promise<void>): Promise<void> {
    busyId.value = id
    try {
      await act()
      await refresh()
    } catch (error) {
      showToast({ text: toUserMessage(error, t), tone: 'danger' })
    } finally {
      busyId.value = null
    }
  }

  const show = (id: string) =>
    safely(id, async () => {
      await submit('problems.show', { id })
    })

  const hide = ({ id, words, name }: Problem) =>
    safely(id, async () => {
      await submit('problems.hide', { id, words, name })
      showToast({ text: t('problems.hiddenToast', { name }), undo: () => show(id) })
    })

  /** Makes a ticket that its tickets hang from: those still open first, as many as one step may link. */
  const gather = ({ id, name, tickets }: Problem) =>
    safely(id, async () => {
      const { items } = await trpc.problems.tickets.query({
        ...asked.value,
        problemId: id,
        limit: MOST_MEMBERS,
      })
      const parentId = newId()
      const made = await submit('problems.makeParent', {
        ...{ id: parentId, subject: name, ticketIds: items.map((ticket) => ticket.id) },
        body: t('problems.parentNote', { count: tickets, days: asked.value.days }),
      })
      if (!made) return
      const { parent, linked } = made
      showToast({
        text: t('problems.gatheredToast', { number: parent.number, count: linked }),
        undo: () =>
          safely(id, async () => {
            await submit('problems.undoParent', { parentId })
          }),
        action: {
          label: t('problems.openParent'),
          run: async () => void (await router.push({ name: 'ticket', params: { id: parentId } })),
        },
      })
    })

  return {
    answer: computed(() => query.data.value ?? null),
    failure: computed(() => query.error.value),
    busyId,
    refresh,
    hide,
    show,
    gather,
  }
}
