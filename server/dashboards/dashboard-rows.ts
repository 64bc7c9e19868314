import { z } from 'zod'
import type { FieldVersions } from '../customers/versioned-edit.ts'
import type { Db, Tx } from '../store/store.ts'
import { dashboardInput, type DashboardInput } from './contract.ts'

export type DashboardFields = Omit<DashboardInput, 'id'>

export interface DashboardRow {
  id: string
  ownerId: string
  fields: DashboardFields
  version: number
  fieldVersions: FieldVersions
  createdAt: number
  removedAt: number | null
}

interface Stored extends Omit<DashboardRow, 'fields' | 'fieldVersions'> {
  name: string
  audience: string
  teamIds: string | null
  tiles: string
  fieldVersions: string
}

/** Tiles of a kind that is no more are left out; the rest of the dashboard stays. */
const { shape } = dashboardInput
const tiles = z
  .array(z.unknown())
  .transform((all) => all.flatMap((each) => shape.tiles.element.safeParse(each).data ?? []))

export async function findDashboard(db: Db, id: string): Promise<DashboardRow | undefined> {
  const [row] = await db.sql<Stored[]>`SELECT * FROM dashboard WHERE id = ${id}`
  return row && toRow(row)
}

/** Those that were not removed, by age. */
export async function dashboardRows(db: Db): Promise<DashboardRow[]> {
  const rows = await db.sql<Stored[]>`SELECT * FROM dashboard WHERE removedAt IS NULL ORDER BY createdAt, id`
  return rows.map(toRow)
}

export async function saveDashboard(tx: Tx, row: DashboardRow): Promise<void> {
  const { id, ownerId, version, createdAt, removedAt } = row
  const { name, audience } = row.fields
  const teamIds = row.fields.teamIds === null ? null : JSON.stringify(row.fields.teamIds)
  const [tileJson, fieldVersions] = [JSON.stringify(row.fields.tiles), JSON.stringify(row.fieldVersions)]
  await tx.db.sql`
    INSERT INTO dashboard (id, name, audience, ownerId, teamIds, tiles, version, fieldVersions, createdAt, removedAt)
    VALUES (${id}, ${name}, ${audience}, ${ownerId}, ${teamIds}, ${tileJson}, ${version}, ${fieldVersions}, ${createdAt},
      ${removedAt})
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, audience = excluded.audience, teamIds = excluded.teamIds,
      tiles = excluded.tiles, version = excluded.version, fieldVersions = excluded.fieldVersions,
      removedAt = excluded.removedAt`
}

const toRow = ({
  name,
  audience,
  teamIds,
  tiles: tileJson,
  fieldVersions,
  ...row
}: Stored): DashboardRow => ({
  ...row,
  fieldVersions: JSON.parse(fieldVersions) as FieldVersions,
  fields: {
    name,
    audience: shape.audience.parse(audience),
    teamIds: teamIds === null ? null : (JSON.parse(teamIds) as string[]),
    tiles: tiles.parse(JSON.parse(tileJson)),
  },
})
