import { In } from 'typeorm'
import { invalid } from '../errors.ts'
import type { ActorRef } from '../events/event-log.ts'
import type { Tx } from '../store/store.ts'
import { TagEntity, type TagRow } from './catalog.entity.ts'
import { CatalogList, type CatalogListDeps } from './catalog-list.ts'
import type { NewTag, TagChanges, TagView } from './contract.ts'
import { foldName } from './fold-name.ts'
import { newTag, tagsNoun } from './tags.ts'
import { tagView } from './views.ts'

/** Tags are the one noun that is also made while working: naming a new one on a ticket makes it. */
export class Tags extends CatalogList<TagRow, TagView, NewTag, TagChanges> {
  readonly #events: CatalogListDeps['events']
  readonly #catalog: CatalogListDeps['catalog']

  constructor(deps: CatalogListDeps) {
    super(deps, tagsNoun)
    this.#events = deps.events
    this.#catalog = deps.catalog
  }

  /**
   * The tags with these names, in their order and each once; missing ones are made, internal and in a colour of their own.
   * They are in the catalog's snapshot only after commit, so build a ticket's view from what this returns.
   * @param heldIds the tags that the ticket has: it may keep those that were archived since.
   * @throws VALIDATION `tags.archived` at `tags` when a name belongs to any other archived tag.
   */
  async ensureTags(
    tx: Tx,
    names: readonly string[],
    actor: ActorRef,
    heldIds: readonly string[] = [],
  ): Promise<TagView[]> {
    const nameByFold = new Map<string, string>()
    for (const name of names) if (!nameByFold.has(foldName(name))) nameByFold.set(foldName(name), name)
    const tagByFold = await this.#find(tx, [...nameByFold.keys()])
    const tags: TagView[] = []
    for (const [fold, name] of nameByFold)
      tags.push(tagByFold.get(fold) ?? (await this.#make(tx, name, actor)))
    if (tags.some(({ id, archived }) => archived && !heldIds.includes(id)))
      throw invalid('tags', 'tags.archived')
    return tags
  }

  /** From memory, which nearly always has them all; what was made a moment ago is only in the transaction. */
  async #find(tx: Tx, folds: string[]): Promise<ReadonlyMap<string, TagView>> {
    const { tagByFold } = await this.#catalog.current()
    if (folds.every((fold) => tagByFold.has(fold))) return tagByFold
    const rows = await tx.db.find(TagEntity, { where: { folded: In(folds) } })
    return new Map(rows.map((row) => [row.folded, tagView(row)]))
  }

  async #make(tx: Tx, name: string, actor: ActorRef): Promise<TagView> {
    const row = newTag({ name: name.trim(), public: false })
    await tx.db.insert(TagEntity, row)
    this.#catalog.changedIn(tx)
    await this.#events.record(tx, {
      type: 'tag.created',
      actor,
      audience: null,
      data: { id: row.id, changes: { name: row.name } },
    })
    return tagView(row)
  }
}
