import type { PeopleSnapshot } from '../access/people.ts'
import { resolveRef, type CatalogSnapshot } from '../catalog/catalog.ts'
import { invalid } from '../errors.ts'

interface Choosable {
  id: string
  archived: boolean
}

/** Turns what a request names (an id, or a preset's key) into rows, and refuses what does not exist or is no longer offered. */
export class References {
  readonly #catalog: CatalogSnapshot
  readonly #people: PeopleSnapshot

  constructor(catalog: CatalogSnapshot, people: PeopleSnapshot) {
    this.#catalog = catalog
    this.#people = people
  }

  status(ref: string) {
    return choose('statusId', resolveRef(this.#catalog.statuses, this.#catalog.statusByKey, ref))
  }

  priority(ref: string) {
    return choose('priorityId', resolveRef(this.#catalog.priorities, this.#catalog.priorityByKey, ref))
  }

  typeId(ref: string | null): string | null {
    return ref && choose('typeId', resolveRef(this.#catalog.types, this.#catalog.typeByKey, ref)).id
  }

  categoryId(id: string | null): string | null {
    return id && choose('categoryId', this.#catalog.categories.get(id)).id
  }

  teamId(id: string | null): string | null {
    if (id === null) return null
    const team = this.#people.teams.get(id)
    return choose('teamId', team && { id: team.id, archived: team.archivedAt !== null }).id
  }

  agentId(id: string | null): string | null {
    if (id === null) return null
    const agent = this.#people.agents.get(id)
    return choose('agentId', agent && { id: agent.id, archived: !agent.active }).id
  }
}

function choose<Row extends Choosable>(field: string, row: Row | undefined): Row {
  if (!row) throw invalid(field, 'ticket.unknown_choice')
  if (row.archived) throw invalid(field, 'ticket.retired_choice')
  return row
}
