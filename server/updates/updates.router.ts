import { permitted, router } from '../api/trpc.ts'
import { removeReleaseInput } from './contract.ts'

const manage = permitted('office.manage')

// The shelf is a folder and no part of the store, so what changes it is not wrapped in `once`: removing twice removes once.
export const updatesRouter = router({
  shelf: manage.query(({ ctx }) => ctx.services.updates.shelf()),
  remove: manage
    .input(removeReleaseInput)
    .mutation(({ ctx, input }) => ctx.services.updates.remove(ctx.viewer, input.names)),
})
