import { EntitySchema } from 'typeorm'

export interface SettingRow {
  key: string
  /** JSON. */
  value: string
}

export const SettingEntity = new EntitySchema<SettingRow>({
  name: 'setting',
  columns: { key: { type: 'text', primary: true }, value: { type: 'text' } },
})

export const settingsEntities = [SettingEntity]
