from typing import Any

from rest_framework import serializers
from rest_framework.generics import RetrieveAPIView

from .models import Token


class MeSerializer(serializers.ModelSerializer[Token]):
    rights = serializers.SerializerMethodField()

    class Meta:
        model = Token
        fields = ["name", "rights"]

    def get_rights(self, token: Token) -> list[str]:
        return token.rights.split(",")


class Me(RetrieveAPIView[Token]):
    """Say whose token this is and what it may do."""

    serializer_class = MeSerializer

    def get_object(self) -> Any:
        return self.request.auth
