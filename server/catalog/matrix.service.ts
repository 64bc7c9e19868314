import type { Viewer } from '../access/viewer.ts'
import { invalid } from '../errors.ts'
import type { CatalogListDeps } from './catalog-list.ts'
import { MatrixEntity, PriorityEntity } from './catalog.entity.ts'
import type { MatrixView } from './contract.ts'
import { matrixCells, matrixView } from './matrix.ts'

/** Which priority an urgency and an impact propose. */
export class Matrix {
  readonly #deps: CatalogListDeps

  constructor(deps: CatalogListDeps) {
    this.#deps = deps
  }

  /** @throws VALIDATION `matrix.priority_unknown` at the cell whose priority is archived or was never there. */
  update(viewer: Viewer, matrix: MatrixView): Promise<MatrixView> {
    const { store, catalog, events } = this.#deps
    return store.write(async (tx) => {
      const cells = matrixCells(matrix)
      const priorities = await tx.db.find(PriorityEntity)
      const choosable = new Set(priorities.flatMap(({ id, archivedAt }) => (archivedAt === null ? [id] : [])))
      const unknown = cells.find(({ priorityId }) => !choosable.has(priorityId))
      if (unknown) throw invalid(`${unknown.urgency}.${unknown.impact}`, 'matrix.priority_unknown')
      const before = matrixView(await tx.db.find(MatrixEntity))
      const changed = cells.filter(
        ({ urgency, impact, priorityId }) => before[urgency][impact] !== priorityId,
      )
      if (changed.length === 0) return matrix
      await tx.db.upsert(MatrixEntity, changed, ['urgency', 'impact'])
      catalog.changedIn(tx)
      await events.record(tx, {
        type: 'matrix.updated',
        actor: { type: 'agent', id: viewer.agentId },
        audience: null,
        data: { changes: { cells: changed } },
      })
      return matrix
    })
  }
}
