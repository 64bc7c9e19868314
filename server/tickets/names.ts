import type { People } from '../access/people.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Tiers } from '../customers/tiers.service.ts'
import type { Names } from './ticket-view.ts'

/** One place to ask for everything that gives ids their names; all of it is in memory. */
export class NamesSource {
  readonly #catalog: Catalog
  readonly #people: People
  readonly #tiers: Tiers

  constructor(catalog: Catalog, people: People, tiers: Tiers) {
    this.#catalog = catalog
    this.#people = people
    this.#tiers = tiers
  }

  async current(): Promise<Names> {
    return {
      catalog: await this.#catalog.current(),
      people: await this.#people.current(),
      tiers: await this.#tiers.current(),
    }
  }
}
