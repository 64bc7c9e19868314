import { once } from '../api/once.ts'
import { permitted } from '../api/trpc.ts'
import { orderInput, rowRef } from '../catalog/contract.ts'
import {
  applyMacroInput,
  macroChangesInput,
  macroFiguresInput,
  newMacroInput,
  previewMacroInput,
  runMacroInput,
} from './contract.ts'

const answer = permitted('tickets.reply')
const configure = permitted('desk.configure')

/** A plain record, as tRPC keeps the name `apply` from those it makes itself. */
export const macrosRouter = {
  list: permitted('desk.read').query(({ ctx }) => ctx.services.macros.list(ctx.viewer)),
  create: configure
    .input(newMacroInput)
    .mutation(once(({ ctx, input }) => ctx.services.macros.create(ctx.viewer, input))),
  update: configure
    .input(macroChangesInput)
    .mutation(once(({ ctx, input }) => ctx.services.macros.update(ctx.viewer, input))),
  archive: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.macros.archive(ctx.viewer, input))),
  restore: configure
    .input(rowRef)
    .mutation(once(({ ctx, input }) => ctx.services.macros.restore(ctx.viewer, input))),
  reorder: configure
    .input(orderInput)
    .mutation(once(({ ctx, input }) => ctx.services.macros.reorder(ctx.viewer, input))),
  /** Of what is still being written; nothing is changed. */
  preview: configure
    .input(previewMacroInput)
    .mutation(once(({ ctx, input }) => ctx.services.macros.preview(ctx.viewer, input))),
  /** Nothing is changed: it says what an answer would be and do. */
  apply: answer
    .input(applyMacroInput)
    .mutation(once(({ ctx, input }) => ctx.services.macros.apply(ctx.viewer, input))),
  /** For those that only act: done at once. */
  run: answer
    .input(runMacroInput)
    .mutation(once(({ ctx, input }) => ctx.services.tickets.runMacro(ctx.viewer, input))),
  figures: configure.input(macroFiguresInput).query(({ ctx, input }) => ctx.services.macros.figures(input)),
}
