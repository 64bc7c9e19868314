import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { toUserMessage } from '../../api/errors.ts'
import { useSubmit } from '../../stores/use-submit.ts'
import { showToast } from '../../ui/toasts.ts'

interface About {
  id: string
  number: string
}

/** Brings tickets together and apart; each act can be taken back from its toast. */
export function useLinkActs() {
  const { t } = useI18n()
  const router = useRouter()
  const submit = useSubmit()

  /** Merges, and shows where it goes on. @throws what the server refuses */
  async function merge(source: About & { version: number }, target: About): Promise<void> {
    const { id: sourceId, version } = source
    await submit('tickets.merge', { sourceId, targetId: target.id, version })
    await router.push({ name: 'ticket', params: { id: target.id } })
    showToast({
      text: t('links.toast.merged', { source: source.number, target: target.number }),
      undo: () => unmerge(source),
    })
  }

  async function unmerge(source: About): Promise<void> {
    await safely(async () => {
      await submit('tickets.unmerge', { ticketId: source.id })
      await router.push({ name: 'ticket', params: { id: source.id } })
      showToast({ text: t('links.toast.unmerged', { source: source.number }) })
    })
  }

  /** @throws what the server refuses */
  async function link(parent: About, child: About): Promise<void> {
    const input = { parentId: parent.id, childId: child.id }
    await submit('tickets.link', input)
    showToast({
      text: t('links.toast.linked', { child: child.number, parent: parent.number }),
      undo: () => safely(() => submit('tickets.unlink', input)),
    })
  }

  async function unlink(parent: About, child: About): Promise<void> {
    const input = { parentId: parent.id, childId: child.id }
    await safely(async () => {
      await submit('tickets.unlink', input)
      showToast({
        text: t('links.toast.unlinked', { child: child.number }),
        undo: () => safely(() => submit('tickets.link', input)),
      })
    })
  }

  async function safely(act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (error) {
      showToast({ text: toUserMessage(error, t), tone: 'danger' })
    }
  }

  return { merge, unmerge, link, unlink, safely }
}
