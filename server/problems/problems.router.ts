import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import {
  hideProblemInput,
  makeParentInput,
  membersInput,
  problemRefInput,
  problemsInput,
  undoParentInput,
} from './contract.ts'

const oversee = permitted('tickets.readAll')

export const problemsRouter = router({
  list: oversee.input(problemsInput).query(({ ctx, input }) => ctx.services.problems.list(ctx.viewer, input)),
  tickets: oversee
    .input(membersInput)
    .query(({ ctx, input }) => ctx.services.problems.members(ctx.viewer, input)),
  hide: oversee
    .input(hideProblemInput)
    .mutation(once(({ ctx, input }) => ctx.services.problems.hide(ctx.viewer, input))),
  show: oversee
    .input(problemRefInput)
    .mutation(once(({ ctx, input }) => ctx.services.problems.show(ctx.viewer, input))),
  makeParent: oversee
    .input(makeParentInput)
    .mutation(once(({ ctx, input }) => ctx.services.problems.makeParent(ctx.viewer, input))),
  undoParent: oversee
    .input(undoParentInput)
    .mutation(once(({ ctx, input }) => ctx.services.problems.undoParent(ctx.viewer, input))),
})
