import type {
  CreateCustomer,
  CustomerListItem,
  CustomerView,
  TierView,
  UpdateCustomer,
} from '../../../server/customers/contract.ts'
import type { Command } from '../../outbox/command.ts'

export type CustomerChanges = UpdateCustomer['changes']
/** A field that the record shows and edits. */
export type CustomerField = keyof CustomerChanges

export interface Names {
  tiers: readonly TierView[]
  organizationName: (id: string) => string | null
}

/** The customer with the edits that are on their way laid over. */
export function expectedCustomer<Customer extends CustomerView>(
  customer: Customer,
  waiting: readonly Command[],
  names: Names,
): Customer {
  return waiting
    .filter(({ procedure, subject }) => procedure === 'customers.update' && subject === customer.id)
    .reduce(
      (expected, { input }) => ({ ...expected, ...patchOf((input as UpdateCustomer).changes, names) }),
      customer,
    )
}

function patchOf({ tier, organizationId, ...changes }: CustomerChanges, names: Names): Partial<CustomerView> {
  const patch: Partial<CustomerView> = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  )
  if (changes.emails) patch.email = changes.emails[0] ?? null
  if (changes.phones) patch.phone = changes.phones[0] ?? null
  if (tier !== undefined) patch.tier = tierOf(tier, names.tiers)
  if (organizationId !== undefined) patch.organization = organizationOf(organizationId, names)
  return patch
}

const tierOf = (ref: string | null | undefined, tiers: readonly TierView[]): CustomerView['tier'] =>
  tiers.find(({ id, key }) => ref && (id === ref || key === ref)) ?? null

const organizationOf = (
  id: string | null | undefined,
  { organizationName }: Names,
): CustomerView['organization'] => (id ? { id, name: organizationName(id) ?? '…' } : null)

/** A customer who was made here and has not reached the server yet. */
export function customerToBe({ input, createdAt }: Command, names: Names): CustomerView {
  const given = input as CreateCustomer
  const emails = given.emails ?? (given.email ? [given.email] : [])
  const phones = given.phones ?? (given.phone ? [given.phone] : [])
  const at = new Date(createdAt).toISOString()
  return {
    id: given.id ?? '',
    name: given.name,
    emails,
    phones,
    email: emails[0] ?? null,
    phone: phones[0] ?? null,
    document: given.document ?? null,
    notes: given.notes ?? '',
    tier: tierOf(given.tier, names.tiers),
    organization: organizationOf(given.organizationId, names),
    version: 1,
    createdAt: at,
    updatedAt: at,
  }
}

/** An edit that met somebody else's of the same fields; both are shown until its author chooses. */
export interface EditConflict<View, Changes> {
  commandId: string
  /** What the record says now. */
  current: View
  /** What the author wanted. */
  changes: Changes
  fields: (keyof Changes & string)[]
}

/** The refused edits of one record that wait for a choice. */
export function editConflicts<View, Changes>(
  procedure: string,
  id: string,
  refused: readonly Command[],
): EditConflict<View, Changes>[] {
  return refused.flatMap((command) => {
    const details = command.failure?.details
    if (command.procedure !== procedure || command.subject !== id || command.failure?.code !== 'CONFLICT')
      return []
    const { changes } = command.input as { changes: Changes }
    const current = details?.['current'] as View | undefined
    const stored = details?.['fields'] as string[] | undefined
    // The store keeps a tier by its id; what comes in may also name it by its key.
    const fields = stored?.map((field) => (field === 'tierId' ? 'tier' : field) as keyof Changes & string)
    return current && fields ? [{ commandId: command.id, current, changes, fields }] : []
  })
}

/** Customers made here and not yet on the server, as lists show them. */
export const customersToBe = (waiting: readonly Command[], names: Names): CustomerListItem[] =>
  waiting
    .filter(({ procedure }) => procedure === 'customers.create')
    .map((command) => customerToBe(command, names))
