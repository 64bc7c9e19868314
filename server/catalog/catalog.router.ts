import { permitted, router } from '../api/trpc.ts'

export const catalogRouter = router({
  get: permitted('desk.read').query(({ ctx }) => ctx.services.catalog.view()),
})
