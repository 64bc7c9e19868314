import type { People } from '../access/people.ts'
import type { Clock } from '../clock.ts'
import type { SlaBook } from '../sla/sla-book.ts'
import type { RuleBook } from '../rules/rule-book.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Tiers } from '../customers/tiers.service.ts'
import type { Names } from './ticket-view.ts'

/** One place to ask for everything that puts a ticket's row into words; all of it is in memory. */
export class NamesSource {
  readonly #catalog: Catalog
  readonly #people: People
  readonly #tiers: Tiers
  readonly #book: SlaBook
  readonly #rules: RuleBook
  readonly #clock: Clock

  constructor(deps: {
    catalog: Catalog
    people: People
    tiers: Tiers
    book: SlaBook
    rules: RuleBook
    clock: Clock
  }) {
    this.#catalog = deps.catalog
    this.#people = deps.people
    this.#tiers = deps.tiers
    this.#book = deps.book
    this.#rules = deps.rules
    this.#clock = deps.clock
  }

  async current(): Promise<Names> {
    return {
      catalog: await this.#catalog.current(),
      people: await this.#people.current(),
      tiers: await this.#tiers.current(),
      book: await this.#book.current(),
      rules: (await this.#rules.current()).names,
      now: this.#clock.now(),
    }
  }
}
