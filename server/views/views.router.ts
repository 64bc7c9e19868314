import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { createViewInput, updateViewInput, viewOrderInput, viewRef } from './contract.ts'

const ownViews = permitted('views.own')

/** Changing a shared view also takes `views.share`, which the service asks for. */
export const viewsRouter = router({
  list: ownViews.query(({ ctx }) => ctx.services.views.list(ctx.viewer)),
  create: ownViews
    .input(createViewInput)
    .mutation(once(({ ctx, input }) => ctx.services.views.create(ctx.viewer, input))),
  update: ownViews
    .input(updateViewInput)
    .mutation(once(({ ctx, input }) => ctx.services.views.update(ctx.viewer, input))),
  delete: ownViews
    .input(viewRef)
    .mutation(once(({ ctx, input }) => ctx.services.views.delete(ctx.viewer, input))),
  reorder: ownViews
    .input(viewOrderInput)
    .mutation(once(({ ctx, input }) => ctx.services.views.reorder(ctx.viewer, input))),
})
