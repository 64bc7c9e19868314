import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { updateSettingsInput } from './contract.ts'

export const settingsRouter = router({
  get: permitted('desk.read').query(({ ctx }) => ctx.services.settings.get()),
  update: permitted('office.manage')
    .input(updateSettingsInput)
    .mutation(once(({ ctx, input }) => ctx.services.settings.update(ctx.viewer, input))),
})
