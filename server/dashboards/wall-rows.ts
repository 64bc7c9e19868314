import type { FieldVersions } from '../customers/versioned-edit.ts'
import type { Db, Tx } from '../store/store.ts'
import type { WallInput } from './contract.ts'

export interface WallRow {
  id: string
  hash: string
  fields: WallInput
  version: number
  fieldVersions: FieldVersions
  createdAt: number
  createdBy: string
  lastSeenAt: number | null
  revokedAt: number | null
}

interface Stored extends Omit<WallRow, 'fields' | 'fieldVersions'> {
  name: string
  dashboardIds: string
  rotateSeconds: number
  hideCustomers: 0 | 1
  theme: 'light' | 'dark'
  fieldVersions: string
}

export async function findWall(db: Db, id: string): Promise<WallRow | undefined> {
  const [row] = await db.sql<Stored[]>`SELECT * FROM wall WHERE id = ${id}`
  return row && toRow(row)
}

export async function findWallByHash(db: Db, hash: string): Promise<WallRow | undefined> {
  const [row] = await db.sql<Stored[]>`SELECT * FROM wall WHERE hash = ${hash}`
  return row && toRow(row)
}

/** Those that were not revoked, by age. */
export async function wallRows(db: Db): Promise<WallRow[]> {
  const rows = await db.sql<Stored[]>`SELECT * FROM wall WHERE revokedAt IS NULL ORDER BY createdAt, id`
  return rows.map(toRow)
}

export async function saveWall(tx: Tx, row: WallRow): Promise<void> {
  const { id, hash, version, createdAt, createdBy, revokedAt } = row
  const { name, rotateSeconds, hideCustomers, theme } = row.fields
  const [dashboardIds, versions] = [
    JSON.stringify(row.fields.dashboardIds),
    JSON.stringify(row.fieldVersions),
  ]
  await tx.db.sql`
    INSERT INTO wall (id, name, hash, dashboardIds, rotateSeconds, hideCustomers, theme, version, fieldVersions, createdAt,
      createdBy, revokedAt)
    VALUES (${id}, ${name}, ${hash}, ${dashboardIds}, ${rotateSeconds}, ${hideCustomers ? 1 : 0}, ${theme}, ${version},
      ${versions}, ${createdAt}, ${createdBy}, ${revokedAt})
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, dashboardIds = excluded.dashboardIds,
      rotateSeconds = excluded.rotateSeconds, hideCustomers = excluded.hideCustomers, theme = excluded.theme,
      version = excluded.version, fieldVersions = excluded.fieldVersions, revokedAt = excluded.revokedAt`
}

const toRow = ({
  name,
  dashboardIds,
  rotateSeconds,
  hideCustomers,
  theme,
  fieldVersions,
  ...row
}: Stored): WallRow => ({
  ...row,
  fieldVersions: JSON.parse(fieldVersions) as FieldVersions,
  fields: {
    ...{ name, rotateSeconds, theme, hideCustomers: hideCustomers === 1 },
    dashboardIds: JSON.parse(dashboardIds) as string[],
  },
})
