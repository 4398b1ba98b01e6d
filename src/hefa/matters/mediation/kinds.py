"""The kinds of dispute, as the statutory statistics have them."""

from django.db import models


class DisputeType(models.TextChoices):
    """The 18 rows of the people's-mediation statistics (domain §4.5)."""

    MARRIAGE_FAMILY = "00", "婚姻家庭纠纷"
    NEIGHBOUR = "01", "邻里纠纷"
    HOUSING = "02", "房屋宅基地纠纷"
    CONTRACT = "03", "合同纠纷"
    PRODUCTION = "04", "生产经营纠纷"
    TORT = "05", "损害赔偿纠纷"
    FOREST_LAND = "06", "山林土地纠纷"
    EXPROPRIATION = "07", "征地拆迁纠纷"
    ENVIRONMENT = "08", "环境污染纠纷"
    MIGRANT_WAGES = "09", "拖欠农民工工资纠纷"
    LABOUR = "10", "其他劳动争议纠纷"
    TOURISM = "11", "旅游纠纷"
    E_COMMERCE = "12", "电子商务纠纷"
    CONSUMER = "13", "其他消费纠纷"
    MEDICAL = "14", "医疗纠纷"
    TRAFFIC = "15", "道路交通事故纠纷"
    PROPERTY = "16", "物业纠纷"
    OTHER = "17", "其他纠纷"
