import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { orderInput, rowRef } from '../catalog/contract.ts'
import {
  exportRulesInput,
  importRulesInput,
  newRuleInput,
  previewInput,
  previewProgressInput,
  ruleChangesInput,
  switchRuleInput,
  traceInput,
} from './contract.ts'

const configure = permitted('desk.configure')

export const rulesRouter = router({
  list: permitted('desk.read').query(({ ctx }) => ctx.services.rules.list()),
  create: configure
    .input(newRuleInput)
    .mutation(once(({ ctx, input }) => ctx.services.rules.create(ctx.viewer, input))),
  update: configure
    .input(ruleChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.rules.update(ctx.viewer, input))),
  setEnabled: configure
    .input(switchRuleInput)
    .mutation(once(({ ctx, input }) => ctx.services.rules.setEnabled(ctx.viewer, input))),
  reorder: configure
    .input(orderInput)
    .mutation(once(({ ctx, input }) => ctx.services.rules.reorder(ctx.viewer, input))),
  duplicate: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.rules.duplicate(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.rules.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.rules.restore(ctx.viewer, input))),
  export: configure
    .input(exportRulesInput.prefault({}))
    .query(({ ctx, input }) => ctx.services.rules.exportFile(input)),
  import: configure
    .input(importRulesInput)
    .mutation(once(({ ctx, input }) => ctx.services.rules.importFile(ctx.viewer, input))),
  /** What a rule would have done in the last days; nothing is done. */
  preview: configure
    .input(previewInput)
    .query(({ ctx, input, signal }) => ctx.services.rulePreviews.preview(ctx.viewer, input, signal)),
  previewProgress: configure
    .input(previewProgressInput)
    .query(({ ctx, input }) => ctx.services.rulePreviews.progress(ctx.viewer, input)),
  trace: permitted('tickets.read')
    .input(traceInput)
    .query(({ ctx, input }) => ctx.services.ruleTraces.of(ctx.viewer, input)),
})
