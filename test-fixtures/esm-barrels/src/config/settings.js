const { PORT = '3000', SHOP_ORIGINS = '' } = process.env

export default {
  port: Number(PORT),
  origins: SHOP_ORIGINS.split(',').filter(Boolean),
}
