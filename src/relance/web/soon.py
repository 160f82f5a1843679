from django.http import HttpResponse
from django.urls import path
def v(r, **k): return HttpResponse("soon")
urlpatterns=[path("d/",v,name="demonstration_open")]
