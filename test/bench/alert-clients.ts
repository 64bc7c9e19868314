/** A process with some of the office's computers; speaks to the bench by messages. */
import { startAlertClient } from './alert-client.ts'

/** The first message: whom to sign in, each on a computer of their own. */
export interface AlertClientsOrder {
  serverUrl: string
  tokens: string[]
  folder: string
}

/** What it says: how many of its computers follow the desk whenever that changes, and what each shows. */
export type AlertClientsWord = { live: number } | { client: number; id: string; at: number }

/** How often it looks whether its computers follow the desk. */
const LOOK_EVERY_MS = 50

const say = (word: AlertClientsWord): void => void process.send?.(word)

process.once('message', (order: AlertClientsOrder) => void run(order))
process.once('disconnect', () => process.exit(0))

async function run({ serverUrl, tokens, folder }: AlertClientsOrder): Promise<void> {
  const clients = await Promise.all(
    tokens.map((token, client) =>
      startAlertClient({ serverUrl, token, folder, onShow: (id, at) => say({ client, id, at }) }),
    ),
  )
  let said = 0
  setInterval(() => {
    const live = clients.filter((client) => client.isLive()).length
    if (live !== said) say({ live })
    said = live
  }, LOOK_EVERY_MS)
}
