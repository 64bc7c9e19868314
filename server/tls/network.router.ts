import { permitted, router } from '../api/trpc.ts'

export const networkRouter = router({
  get: permitted('office.manage').query(({ ctx }) => ctx.services.network.view()),
})
