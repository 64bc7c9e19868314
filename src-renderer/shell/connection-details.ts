import { ref } from 'vue'

/** Whether the panel below the connection pill is open; a notice about a refused write opens it. */
export const connectionDetailsOpen = ref(false)
