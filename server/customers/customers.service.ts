import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'
import type { ActorRef, EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Store, Tx } from '../store/store.ts'
import type {
  CreateCustomer,
  CreatedCustomer,
  CustomerListItem,
  CustomerView,
  DuplicateCandidate,
  FindCustomers,
  FindDuplicates,
  ListCustomers,
  Page,
  Requester,
  UpdateCustomer,
} from './contract.ts'
import { normalizeCustomer } from './customer-input.ts'
import { insertCustomer, loadCustomer, nothingKnown, updateCustomer } from './customer-rows.ts'
import { findCustomers, listCustomers } from './customer-search.ts'
import { loadCustomerView } from './customer-views.ts'
import { parseDocument } from './documents.ts'
import { findDuplicates } from './duplicates.ts'
import { CustomerEntity } from './entities.ts'
import { toE164 } from './phones.ts'
import { resolveCustomer } from './resolve-customer.ts'
import { planEdit } from './versioned-edit.ts'

/** What customers need of their tickets, which are found by the customer's name and promised things for their sake. */
export interface CustomerTickets {
  onCustomerRenamed(tx: Tx, customerId: string): Promise<void>
  /** Another tier, or another organisation. */
  onCustomerRegrouped(tx: Tx, customerId: string): Promise<void>
}

export interface CustomersDeps {
  tickets: CustomerTickets
  store: Store
  events: EventLog
  clock: Clock
}

/** The people and firms who ask for help. */
export class Customers {
  readonly #deps: CustomersDeps

  constructor(deps: CustomersDeps) {
    this.#deps = deps
  }

  /**
   * Likely duplicates are pointed out, never refused: two customers may share a phone. The same `id` twice is the same
   * customer. @throws VALIDATION at the field that can't be taken
   */
  create(viewer: Viewer, input: CreateCustomer): Promise<CreatedCustomer> {
    const { id = newId(), email, emails = [], phone, phones = [], ...rest } = input
    return this.#deps.store.write(async (tx) => {
      if (!(await tx.db.existsBy(CustomerEntity, { id }))) {
        const given = await normalizeCustomer(tx.db, {
          ...rest,
          emails: email ? [email, ...emails] : emails,
          phones: phone ? [phone, ...phones] : phones,
        })
        await insertCustomer(tx, id, { ...nothingKnown, name: input.name, ...given }, this.#deps.clock.now())
        await this.#record(tx, 'customer.created', viewer, { id, version: 1 })
      }
      const { fields } = await loadCustomer(tx.db, id)
      const possibleDuplicates = await findDuplicates(tx.db, fields, id)
      return { ...(await loadCustomerView(tx.db, id)), possibleDuplicates }
    })
  }

  /**
   * Edits of different fields merge. @throws CONFLICT `customer.changed` with `current` when a field was changed by
   * somebody else since `version`; NOT_FOUND; VALIDATION at the field that can't be taken
   */
  update(viewer: Viewer, { id, version, changes }: UpdateCustomer): Promise<CustomerView> {
    return this.#deps.store.write(async (tx) => {
      const stored = await loadCustomer(tx.db, id)
      const plan = planEdit(stored, version, await normalizeCustomer(tx.db, changes))
      if (plan.conflicts.length > 0) {
        const current = await loadCustomerView(tx.db, id)
        throw new AppError('CONFLICT', 'customer.changed', { details: { current, fields: plan.conflicts } })
      }
      const changed = Object.keys(plan.changed)
      if (changed.length > 0) {
        await updateCustomer(tx, stored, plan.changed, this.#deps.clock.now())
        if (changed.includes('name')) await this.#deps.tickets.onCustomerRenamed(tx, id)
        if (changed.includes('tierId') || changed.includes('organizationId'))
          await this.#deps.tickets.onCustomerRegrouped(tx, id)
        await this.#record(tx, 'customer.updated', viewer, {
          id,
          version: stored.version + 1,
          changed,
        })
      }
      return loadCustomerView(tx.db, id)
    })
  }

  list(input: ListCustomers): Promise<Page<CustomerListItem>> {
    return listCustomers(this.#deps.store.read, input)
  }

  find(input: FindCustomers): Promise<CustomerListItem[]> {
    return findCustomers(this.#deps.store.read, input)
  }

  /** @throws NOT_FOUND `customer.not_found` */
  get(id: string): Promise<CustomerView> {
    return loadCustomerView(this.#deps.store.read, id)
  }

  /** Asked while somebody is still typing: what is not yet a whole number or document is left out. */
  duplicates({ phones = [], document, ...given }: FindDuplicates): Promise<DuplicateCandidate[]> {
    return findDuplicates(this.#deps.store.read, {
      ...given,
      phones: phones.flatMap((phone) => toE164(phone) ?? []),
      document: document ? parseDocument(document) : null,
    })
  }

  /** The customer who asks for a ticket, found or made; see {@link resolveCustomer}. */
  resolve(tx: Tx, requester: Requester, actor: ActorRef): Promise<string> {
    return resolveCustomer(this.#deps, tx, requester, actor)
  }

  /** Names of fields, never what they hold: the log is kept for good, and a person may ask to be forgotten. */
  async #record(tx: Tx, type: string, viewer: Viewer, data: Record<string, unknown>): Promise<void> {
    const actor = { type: 'agent', id: viewer.agentId } as const
    await this.#deps.events.record(tx, { type, actor, audience: null, data })
  }
}
