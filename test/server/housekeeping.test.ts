import { v7 } from 'uuid'
import { expect, it } from 'vitest'
import { keepHouse } from '../../server/housekeeping.ts'
import { startTestServer } from '../support/server.ts'

it('keeps the answers for retries for two weeks and clears older ones', async () => {
  const clock = { at: Date.UTC(2026, 0, 1), now: () => clock.at }
  await using server = await startTestServer({ clock })
  const token = await server.setup()
  const note = (commandId: string) =>
    server.client(token, { commandId }).teams.create.mutate({ name: commandId })
  const kept = async () =>
    (await server.services.store.read.sql<{ id: string }[]>`SELECT id FROM command`).map(({ id }) => id)
  const [older, newer] = [v7(), v7()]
  await note(older)
  clock.at += 10 * 86_400_000
  await note(newer)
  await keepHouse(server.services)
  expect(await kept()).toEqual([older, newer])
  clock.at += 5 * 86_400_000
  await keepHouse(server.services)
  expect(await kept()).toEqual([newer])
})
