import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { failureMessage } from '../api/errors.ts'
import { useConnectionStore } from '../stores/connection.ts'
import { useOutboxStore } from '../stores/outbox.ts'
import { writeTitleKey } from './refused-writes.ts'

/** How the link to the server is and what waits for it, as the pill wants it. */
export function useLink() {
  const { t } = useI18n()
  const connection = useConnectionStore()
  const outbox = useOutboxStore()
  return computed(() => ({
    state: connection.state,
    since: connection.since,
    waiting: connection.waitingWrites,
    refused: outbox.refused.map(({ id, procedure, failure, createdAt }) => ({
      id,
      title: t(writeTitleKey(procedure)),
      message: failure ? failureMessage(failure, t) : '',
      at: createdAt,
    })),
  }))
}
