import { permitted, router } from '../api/trpc.ts'

export const screensRouter = router({
  list: permitted('tickets.readAll').query(({ ctx }) => ctx.services.screens.list()),
})
