import { newId } from '../ids.ts'
import type { Noun } from '../catalog/catalog-list.ts'
import type { Locale } from '../settings/contract.ts'
import type { Db, Tx } from '../store/store.ts'
import type { CodeChanges, NewCode, WrapUpCodeView } from './contract.ts'
import { WrapUpCodeEntity, type WrapUpCodeRow } from './entities.ts'

export const wrapUpCodesNoun: Noun<WrapUpCodeRow, WrapUpCodeView, NewCode, CodeChanges> = {
  one: 'wrapUpCode',
  many: 'wrapUpCodes',
  entity: WrapUpCodeEntity,
  create: ({ name }, position) => ({ id: newId(), key: null, name, position, archivedAt: null }),
  change: (row, changes) => ({ ...row, ...changes }),
  view: ({ archivedAt, ...row }) => ({ ...row, archived: archivedAt !== null }),
}

/** All of them, in the office's order, archived ones included. */
export async function readCodes(db: Db): Promise<WrapUpCodeView[]> {
  const rows = await db.find(WrapUpCodeEntity, { order: { position: 'ASC', id: 'ASC' } })
  return rows.map((row) => wrapUpCodesNoun.view(row, rows))
}

/** What an office starts with. */
export async function seedCodes(tx: Tx, locale: Locale): Promise<void> {
  await tx.db.insert(
    WrapUpCodeEntity,
    presets.map(({ key, names }, position) => ({
      ...{ id: newId(), key, name: names[locale], position, archivedAt: null },
    })),
  )
}

const presets: { key: string; names: Record<Locale, string> }[] = [
  {
    key: 'resolved',
    names: { 'pt-BR': 'Resolvido na ligação', en: 'Resolved on the call', es: 'Resuelto en la llamada' },
  },
  {
    key: 'callback',
    names: { 'pt-BR': 'Retornar ao cliente', en: 'Call the customer back', es: 'Devolver la llamada' },
  },
  {
    key: 'follow_up',
    names: {
      'pt-BR': 'Segue em atendimento',
      en: 'Goes on as a ticket',
      es: 'Sigue en atención',
    },
  },
  {
    key: 'information',
    names: { 'pt-BR': 'Pedido de informação', en: 'Asked for information', es: 'Pedido de información' },
  },
  { key: 'billing', names: { 'pt-BR': 'Cobrança', en: 'Billing', es: 'Cobranza' } },
  { key: 'wrong_number', names: { 'pt-BR': 'Engano', en: 'Wrong number', es: 'Número equivocado' } },
  { key: 'dropped', names: { 'pt-BR': 'A ligação caiu', en: 'The call dropped', es: 'Se cortó la llamada' } },
]
