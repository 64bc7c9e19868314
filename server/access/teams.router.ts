import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { byId, createTeamInput, lendInput, updateTeamInput } from './contract.ts'

export const teamsRouter = router({
  list: permitted('people.read').query(({ ctx }) => ctx.services.teams.list()),
  create: permitted('people.manage')
    .input(createTeamInput)
    .mutation(once(({ ctx, input }) => ctx.services.teams.create(ctx.viewer, input))),
  update: permitted('people.manage')
    .input(updateTeamInput)
    .mutation(once(({ ctx, input }) => ctx.services.teams.update(ctx.viewer, input))),
  archive: permitted('people.manage')
    .input(byId)
    .mutation(once(({ ctx, input }) => ctx.services.teams.archive(ctx.viewer, input.id))),
  restore: permitted('people.manage')
    .input(byId)
    .mutation(once(({ ctx, input }) => ctx.services.teams.restore(ctx.viewer, input.id))),
  lend: permitted('desk.configure')
    .input(lendInput)
    .mutation(once(({ ctx, input }) => ctx.services.agents.lend(ctx.viewer, input))),
  takeBack: permitted('desk.configure')
    .input(lendInput)
    .mutation(once(({ ctx, input }) => ctx.services.agents.takeBack(ctx.viewer, input))),
})
