import { Router } from 'express'

const listRooms = store => (_req, res) => res.json(store.rooms())

export const roomRoutes = (parent, store) => {
  parent.get('/rooms', listRooms(store))
  parent.use('/rooms/:room', messageRoutes({ store }))
}

const messageRoutes = ({ store }, options = { mergeParams: true }) => {
  const router = Router(options)
  const { post, list } = handlers(store)
  router.route('/messages').get(list).post(post)
  return router
}

function handlers(store) {
  return {
    list: (req, res) => res.json(store.of(req.params.room)),
    post: (req, res) => res.status(201).json(store.add(req.params.room, req.body.text)),
  }
}
