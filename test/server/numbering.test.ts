import { describe, expect, it } from 'vitest'
import { nextNumber } from '../../server/tickets/numbering.ts'
import { temporaryStore } from '../support/store.ts'

const numberAt = async (
  store: Awaited<ReturnType<typeof temporaryStore>>,
  instant: string,
  timezone = 'America/Sao_Paulo',
) => store.write((tx) => nextNumber(tx, Date.parse(instant), timezone))

describe('protocol numbers', () => {
  it("begin again with the year of the office's own calendar", async () => {
    const store = await temporaryStore()
    expect(await numberAt(store, '2026-12-31T12:00:00Z')).toBe('2026-000001')
    expect(await numberAt(store, '2027-01-01T02:59:59Z')).toBe('2026-000002')
    expect(await numberAt(store, '2027-01-01T03:00:00Z')).toBe('2027-000001')
    expect(await numberAt(store, '2027-01-01T03:00:00Z', 'Pacific/Honolulu')).toBe('2026-000003')
  })

  it('leave no gap when the ticket that asked for one is refused', async () => {
    const store = await temporaryStore()
    const refused = store.write(async (tx) => {
      await nextNumber(tx, Date.UTC(2026, 5, 1), 'UTC')
      throw new Error('refused')
    })
    await expect(refused).rejects.toThrow()
    expect(await numberAt(store, '2026-06-01T00:00:00Z')).toBe('2026-000001')
  })
})
