async function connect() {
  await new Promise(resolve => setTimeout(resolve, 5))
  const rows = []
  return { all: async () => rows, add: async row => rows.push(row) }
}

module.exports = { connect }
